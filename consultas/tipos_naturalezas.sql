-- ¿Qué tipos de asunto se trataron y cómo? Una fila por tipo y naturaleza.
-- Primero el tipo con más enunciados; los empates, en el orden del libro de códigos.
select
    tipo,
    tipo_nombre,
    naturaleza,
    naturaleza_nombre,
    sum(enunciados) as enunciados,
    sum(sum(enunciados)) over (partition by tipo) as del_tipo
from recuento
group by
    tipo, tipo_nombre, tipo_orden, naturaleza, naturaleza_nombre, naturaleza_orden
order by del_tipo desc, tipo_orden, tipo, naturaleza_orden, naturaleza
