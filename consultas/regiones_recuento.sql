-- ¿Dónde hay diálogos y cuánto dicen de lo elegido? Una fila por región, las 16, de
-- norte a sur. Sin diálogo no es sin registro: lo segundo es que los hubo y ningún
-- enunciado reúne los demás filtros.
with con_dialogo as (
    select
        region_id,
        count(*) as dialogos
    from elegidos
    group by region_id
),

con_enunciados as (
    select
        region_id,
        count(*) as enunciados
    from seleccion
    group by region_id
)

select
    r.region_id,
    r.nombre as region,
    coalesce(d.dialogos, 0) as dialogos,
    coalesce(s.enunciados, 0) as enunciados,
    case
        when d.dialogos is null then 'sin diálogo'
        when s.enunciados is null then 'sin registro'
        else 'con registro'
    end as estado
from regiones as r
left join con_dialogo as d on r.region_id = d.region_id
left join con_enunciados as s on r.region_id = s.region_id
order by r.orden
