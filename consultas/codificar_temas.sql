-- ¿Cuánto hay por leer en cada tema y cuánto leyó ya una persona con una versión del
-- libro? Una fila por tema de diálogo con enunciados que rigen, codificados o no, en el
-- orden en que se leen. De los filtros solo mira los de diálogo y el de tema.
with propias as (
    select enunciado_id
    from lecturas
    where codificador_id = :quien and libro_id = :libro
),

por_leer as (
    select
        e.tema_dialogo_id,
        count(*) as enunciados,
        count(p.enunciado_id) as leidos,
        min_by(e.enunciado_id, e.orden) as primero,
        max_by(e.enunciado_id, e.orden) as ultimo,
        min_by(e.enunciado_id, case when p.enunciado_id is null then e.orden end)
            as sin_leer
    from enunciados as e
    left join propias as p on e.enunciado_id = p.enunciado_id
    where e.enunciado_id not in (select r.enunciado_id from retirados as r)
    group by e.tema_dialogo_id
),

contados as (
    select
        tema_dialogo_id,
        count(*) as enunciados
    from lectura_enunciados
    group by tema_dialogo_id
)

select
    d.nombre as dialogo,
    td.tema_dialogo_id,
    td.numero as tema_numero,
    td.nombre as tema,
    l.enunciados,
    l.leidos,
    l.enunciados - coalesce(c.enunciados, 0) as pendientes,
    l.primero,
    l.ultimo,
    l.sin_leer
from por_leer as l
inner join temas_dialogo as td on l.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join contados as c on l.tema_dialogo_id = c.tema_dialogo_id
where :tema is null or array_contains(:tema, td.tema_id)
order by d.nombre, d.dialogo_id, td.numero
