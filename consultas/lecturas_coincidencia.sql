-- ¿En cuántos enunciados coinciden dos lecturas independientes? Una fila por versión
-- del libro, faceta y par de codificadores de la misma clase. Es un recuento, no un
-- coeficiente de acuerdo. Quien está solo en su clase no tiene con quién: ni se busca.
with acompanados as (
    select
        codificador_id,
        clase,
        count(*) over (partition by clase) as de_su_clase
    from codificadores
),

leidas as (
    select
        l.enunciado_id,
        l.libro_id,
        l.codificador_id,
        q.clase
    from lecturas as l
    inner join acompanados as q on l.codificador_id = q.codificador_id
    where not l.es_adjudicacion and q.de_su_clase > 1
),

pares as (
    select
        a.enunciado_id,
        a.libro_id,
        a.clase,
        a.codificador_id as una,
        b.codificador_id as otra
    from leidas as a
    inner join leidas as b
        on
            a.enunciado_id = b.enunciado_id
            and a.libro_id = b.libro_id
            and a.clase = b.clase
            and a.codificador_id < b.codificador_id
)

select
    l.nombre as libro,
    a.faceta,
    p.una,
    p.otra,
    p.clase,
    count(*) as enunciados,
    sum(case when a.codigo = b.codigo then 1 else 0 end) as coinciden
from pares as p
inner join codificaciones as a
    on
        p.enunciado_id = a.enunciado_id
        and p.libro_id = a.libro_id
        and p.una = a.codificador_id
inner join codificaciones as b
    on
        p.enunciado_id = b.enunciado_id
        and p.libro_id = b.libro_id
        and p.otra = b.codificador_id
        and a.faceta = b.faceta
inner join libros as l on p.libro_id = l.libro_id
group by p.libro_id, l.nombre, a.faceta, p.una, p.otra, p.clase
order by p.libro_id, a.faceta, p.una, p.otra
