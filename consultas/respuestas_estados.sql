-- ¿En qué están las respuestas? Una sola fila, con recuentos de recomendaciones.
-- Una vencida está también en pendientes o en curso.
select
    count(*) as recomendaciones,
    count(r.respuesta_id) as respondidas,
    count(*) filter (where r.respuesta_id is null) as sin_respuesta,
    count(*) filter (where r.vence < :hoy and r.estado <> 'cerrada') as vencidas,
    count(*) filter (where r.estado = 'pendiente') as pendientes,
    count(*) filter (where r.estado = 'en curso') as en_curso,
    count(*) filter (where r.estado = 'cerrada') as cerradas
from seleccion as s
left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
left join respuestas as r on e.respuesta_id = r.respuesta_id
where s.naturaleza = 'recomendacion'
order by recomendaciones
