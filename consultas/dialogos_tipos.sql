-- ¿De qué se habló en cada diálogo? Una fila por diálogo y tipo, con el total del
-- diálogo en la selección, que es el denominador.
select
    dialogo_id,
    dialogo,
    dense_rank() over (order by region_orden, anio nulls last, dialogo_id)
        as dialogo_orden,
    tipo,
    tipo_nombre,
    sum(enunciados) as enunciados,
    sum(sum(enunciados)) over (partition by dialogo_id) as total
from recuento
group by
    dialogo_id, dialogo, region_orden, anio, tipo, tipo_nombre, tipo_orden
order by tipo_orden, tipo, dialogo_orden
