-- ¿Qué recomendaciones sin respuesta podrían compartir la de una? Una fila por cada
-- una, hasta `limite`: primero las de su mismo tipo en otros temas; después, en el
-- orden de los documentos.
select
    s.enunciado_id,
    concat(s.tema_numero, '. ', s.tema) as tema,
    s.texto
from seleccion as s
left join respuestas_enunciados as e on s.enunciado_id = e.enunciado_id
where
    s.naturaleza = 'recomendacion'
    and e.enunciado_id is null
    and s.enunciado_id <> :enunciado
order by
    case when s.tipo = :tipo_suyo and s.tema_id <> :tema_suyo then 0 else 1 end,
    s.posicion
limit :limite
