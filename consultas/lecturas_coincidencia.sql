-- ¿En cuántos enunciados coinciden dos lecturas independientes? Una fila por versión
-- del libro, faceta y par de codificadores de la misma clase. Es un recuento, no un
-- coeficiente de acuerdo.
select
    l.nombre as libro,
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
inner join lecturas as la
    on
        a.enunciado_id = la.enunciado_id
        and a.libro_id = la.libro_id
        and a.codificador_id = la.codificador_id
inner join lecturas as lb
    on
        b.enunciado_id = lb.enunciado_id
        and b.libro_id = lb.libro_id
        and b.codificador_id = lb.codificador_id
inner join libros as l on a.libro_id = l.libro_id
where not la.es_adjudicacion and not lb.es_adjudicacion
group by a.libro_id, l.nombre, a.faceta, a.codificador_id, b.codificador_id, q.clase
order by a.libro_id, a.faceta, a.codificador_id, b.codificador_id
