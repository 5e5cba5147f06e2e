-- ¿Sobre qué enunciados hay que decidir con una versión del libro? Una fila por los que
-- leyeron dos personas o más: no coinciden o, con `coinciden`, pusieron lo mismo y se
-- cuenta otra lectura. Lo ya decidido no entra, salvo que alguien lo leyera después.
with leidas as (
    select
        enunciado_id, codificador_id, l.es_adjudicacion, l.momento,
        concat_ws(
            ' ',
            max(case when c.faceta = 'naturaleza' then c.codigo end),
            max(case when c.faceta = 'tipo' then c.codigo end),
            max(case when c.faceta = 'recurso' then c.codigo end)
        ) as codigos
    from lecturas as l
    inner join codificaciones as c using (enunciado_id, libro_id, codificador_id)
    where
        libro_id = :libro
        and codificador_id in (
            select q.codificador_id
            from codificadores as q
            where q.clase = 'persona'
        )
        and (:enunciado is null or enunciado_id = :enunciado)
    group by enunciado_id, codificador_id, l.es_adjudicacion, l.momento
    having count(*) = 3
),

completas as (
    select
        enunciado_id, codificador_id, l.es_adjudicacion, l.momento,
        concat_ws(' ', l.codigos, array_sort(array_agg(i.instrumento_id))) as lectura
    from leidas as l
    left join enunciados_instrumentos as i using (enunciado_id, codificador_id)
    group by
        enunciado_id, codificador_id, l.es_adjudicacion, l.momento, l.codigos
),

juntas as (
    select
        enunciado_id,
        max(momento) filter (where not es_adjudicacion) as leido,
        max(momento) filter (where es_adjudicacion) as decidido,
        array_agg(codificador_id) filter (where not es_adjudicacion) as lectores,
        min(lectura) filter (where not es_adjudicacion) as lectura,
        max(lectura) filter (where not es_adjudicacion) as otra
    from completas
    group by enunciado_id
    having count(*) filter (where not es_adjudicacion) > 1
),

contadas as (
    select
        enunciado_id, libro_id, codificador_id, l.version
    from juntas
    inner join codificaciones as c using (enunciado_id)
    inner join lecturas as l using (enunciado_id, libro_id, codificador_id)
    where c.es_principal and c.faceta = 'tipo'
)

select
    j.enunciado_id,
    array_sort(j.lectores) as lectores,
    j.lectura,
    c.codificador_id,
    c.version,
    count(*) over () as total
from juntas as j
inner join enunciados as e on j.enunciado_id = e.enunciado_id
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join retirados as r on j.enunciado_id = r.enunciado_id
left join contadas as c on j.enunciado_id = c.enunciado_id
where
    (j.lectura = j.otra) = :coinciden
    and r.enunciado_id is null
    and (j.decidido is null or j.leido > j.decidido)
    and not (
        :coinciden
        and coalesce(c.libro_id = :libro, false)
        and array_contains(j.lectores, c.codificador_id)
    )
    and (:tema is null or array_contains(:tema, td.tema_id))
order by d.nombre, d.dialogo_id, td.numero, e.orden, e.enunciado_id
limit :limite
