-- ¿Cuánto se pidió, criticó o reconoció en cada tema? Una fila por tema y naturaleza.
select
    tema_id,
    concat(tema_id, '. ', tema_canonico) as tema,
    naturaleza,
    naturaleza_nombre,
    sum(enunciados) as enunciados
from recuento
group by
    tema_id, tema_canonico, naturaleza, naturaleza_nombre, naturaleza_orden
order by tema_id, naturaleza_orden, naturaleza
