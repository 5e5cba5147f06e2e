-- ¿En cuántos enunciados coinciden dos lecturas independientes? Una fila por faceta y
-- par de codificadores de la misma clase. Es un recuento, no un coeficiente de acuerdo.
select
    a.faceta,
    a.codificador_id as una,
    b.codificador_id as otra,
    q.clase,
    count(*) as enunciados,
    sum(case when a.codigo = b.codigo then 1 else 0 end) as coinciden
from codificaciones as a
inner join codificaciones as b
    on
        a.enunciado_id = b.enunciado_id
        and a.libro_id = b.libro_id
        and a.faceta = b.faceta
        and a.codificador_id < b.codificador_id
inner join codificadores as q on a.codificador_id = q.codificador_id
inner join codificadores as p
    on b.codificador_id = p.codificador_id and q.clase = p.clase
where not a.es_principal and not b.es_principal
group by a.faceta, a.codificador_id, b.codificador_id, q.clase
order by a.faceta, a.codificador_id, b.codificador_id
