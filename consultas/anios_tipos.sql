-- ¿De qué se habló cada año? Una fila por año y tipo, con el total del año en la
-- selección, que es el denominador. Los diálogos sin año quedan fuera.
select
    anio,
    anio as anio_orden,
    tipo,
    tipo_nombre,
    sum(enunciados) as enunciados,
    sum(sum(enunciados)) over (partition by anio) as total,
    count(distinct dialogo_id) as dialogos
from recuento
where anio is not null
group by anio, tipo, tipo_nombre, tipo_orden
order by tipo_orden, tipo, anio
