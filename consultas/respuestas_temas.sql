-- ¿Cuánto se respondió de cada tema? Una fila por tema con recomendaciones en la
-- selección; cuenta recomendaciones, no respuestas: una respuesta puede ser de varias.
select
    s.tema_id,
    concat(s.tema_id, '. ', s.tema_canonico) as tema,
    count(*) as recomendaciones,
    count(r.respuesta_id) as respondidas,
    count(*) filter (where r.respuesta_id is null) as sin_respuesta,
    count(*) filter (where r.vence < :hoy and r.estado <> 'cerrada') as vencidas
from seleccion as s
left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
left join respuestas as r on e.respuesta_id = r.respuesta_id
where s.naturaleza = 'recomendacion'
group by s.tema_id, s.tema_canonico
order by s.tema_id, s.tema_canonico
