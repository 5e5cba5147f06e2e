-- ¿Qué diálogos hay y cuándo y dónde fueron? Una fila por diálogo filtrado.
-- `mesas_propias` cuenta las mesas que dejaron registro separado.
with por_dialogo as (
    select
        td.dialogo_id,
        count(distinct td.tema_dialogo_id) as temas,
        count(m.mesa_id) as mesas,
        sum(case when m.registro = 'propio' then 1 else 0 end) as mesas_propias
    from temas_dialogo as td
    inner join mesas as m on td.tema_dialogo_id = m.tema_dialogo_id
    group by td.dialogo_id
)

select
    d.dialogo_id,
    d.nombre as dialogo,
    d.servicio,
    r.nombre as region,
    c.nombre as comuna,
    d.lugar,
    d.anio,
    d.mes,
    d.dia,
    d.fecha_certeza,
    d.fecha_razon,
    d.es_ficticio,
    p.temas,
    p.mesas,
    p.mesas_propias
from elegidos as d
inner join regiones as r on d.region_id = r.region_id
inner join por_dialogo as p on d.dialogo_id = p.dialogo_id
left join comunas as c on d.comuna_id = c.comuna_id
order by r.orden, d.anio nulls last, d.dialogo_id
