-- ¿De qué tipo es lo que se dijo en cada tema? Una fila por tema y tipo.
-- Solo combinaciones con enunciados: las demás son cero registros, no «no consta».
select
    tema_id,
    concat(tema_id, '. ', tema_canonico) as tema,
    tipo,
    tipo_nombre,
    sum(enunciados) as enunciados
from recuento
group by tema_id, tema_canonico, tipo, tipo_nombre, tipo_orden
order by tipo_orden, tipo, tema_id
