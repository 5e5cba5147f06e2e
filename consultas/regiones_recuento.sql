-- ¿Dónde hay diálogos y cuánto dicen de lo elegido? Una fila por región, las 16, de
-- norte a sur. Sin diálogo: no hay ninguno en la base. Fuera de los filtros: los hay,
-- pero de otro año o diálogo. Sin registro: ningún enunciado reúne los demás filtros.
with en_la_base as (
    select distinct region_id
    from dialogos
    where :solo_reales is null or not es_ficticio
),

con_dialogo as (
    select
        region_id,
        count(*) as dialogos
    from elegidos
    group by region_id
),

con_enunciados as (
    select
        region_id,
        sum(enunciados) as enunciados
    from recuento
    group by region_id
)

select
    r.region_id,
    r.nombre as region,
    coalesce(d.dialogos, 0) as dialogos,
    coalesce(s.enunciados, 0) as enunciados,
    case
        when b.region_id is null then 'sin diálogo cargado'
        when d.dialogos is null then 'fuera de los filtros'
        when s.enunciados is null then 'sin registro'
        else 'con registro'
    end as estado
from regiones as r
left join en_la_base as b on r.region_id = b.region_id
left join con_dialogo as d on r.region_id = d.region_id
left join con_enunciados as s on r.region_id = s.region_id
order by r.orden
