-- ¿Qué se preguntó en cada tema de un diálogo? Una fila por bloque de preguntas.
select
    q.tema_dialogo_id,
    q.pregunta_id,
    q.orden,
    q.texto as pregunta
from preguntas as q
inner join temas_dialogo as td on q.tema_dialogo_id = td.tema_dialogo_id
where td.dialogo_id = :dialogo_elegido
order by td.numero, q.orden
