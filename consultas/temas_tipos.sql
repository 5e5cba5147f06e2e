-- ¿De qué tipo es lo que se dijo en cada tema? Una fila por tema y tipo.
-- Solo combinaciones con enunciados: las demás son cero registros, no «no consta».
select
    s.tema_id,
    t.nombre as tema,
    s.tipo,
    s.tipo_nombre,
    count(*) as enunciados
from seleccion as s
inner join temas as t on s.tema_id = t.tema_id
group by s.tema_id, t.nombre, s.tipo, s.tipo_nombre, s.tipo_orden
order by s.tipo_orden, s.tipo, s.tema_id
