-- ¿Qué se sabe de un enunciado? Una fila, o ninguna si no existe. No mira los filtros.
select
    e.enunciado_id,
    e.dialogo,
    e.tema_numero,
    e.tema,
    e.nivel_atribucion,
    e.mesa,
    e.texto,
    e.pregunta,
    e.certeza,
    e.reitera_a,
    e.naturaleza_nombre,
    e.tipo_nombre,
    e.recurso_nombre,
    e.instrumentos
from lectura_enunciados as e
where
    e.enunciado_id = :enunciado
    and (:solo_reales is null or not e.es_ficticio)
order by e.enunciado_id
