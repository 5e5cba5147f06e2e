-- ¿Cuánto se pidió, criticó o reconoció en cada tema? Una fila por tema y naturaleza.
select
    s.tema_id,
    t.nombre as tema,
    s.naturaleza,
    s.naturaleza_nombre,
    count(*) as enunciados
from seleccion as s
inner join temas as t on s.tema_id = t.tema_id
group by
    s.tema_id, t.nombre, s.naturaleza, s.naturaleza_nombre, s.naturaleza_orden
order by s.tema_id, s.naturaleza_orden, s.naturaleza
