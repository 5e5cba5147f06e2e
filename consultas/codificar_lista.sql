-- ¿Qué enunciados hay por leer y cuáles leyó ya una persona con una versión del libro?
-- Una fila por enunciado que rige, codificado o no. De los filtros solo mira los de
-- diálogo y el de tema. `otras` cuenta lecturas ajenas, sin las que adjudican.
with leidas as (
    select
        l.enunciado_id,
        max(case when l.codificador_id = :quien then l.version end) as version_propia,
        sum(
            case
                when l.codificador_id <> :quien and not l.es_adjudicacion then 1
                else 0
            end
        ) as otras
    from lecturas as l
    where l.libro_id = :libro
    group by l.enunciado_id
)

select
    e.enunciado_id,
    d.dialogo_id,
    d.nombre as dialogo,
    td.tema_dialogo_id,
    td.numero as tema_numero,
    td.nombre as tema,
    e.orden,
    e.texto,
    l.version_propia,
    cast(coalesce(l.otras, 0) as integer) as otras,
    case when n.enunciado_id is null then 'pendiente' else 'se cuenta' end as estado
from enunciados as e
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join leidas as l on e.enunciado_id = l.enunciado_id
left join lectura_enunciados as n on e.enunciado_id = n.enunciado_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where
    r.enunciado_id is null
    and (:tema is null or array_contains(:tema, td.tema_id))
order by d.nombre, d.dialogo_id, td.numero, e.orden, e.enunciado_id
