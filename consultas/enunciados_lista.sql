-- ¿Qué se dijo? Una fila por enunciado, en el orden pedido; los empates, como en el
-- documento. `orden`: documento, tipo, naturaleza, certeza o instrumento.
with claves as (
    select
        s.*,
        case :orden
            when 'tipo' then s.tipo_orden
            when 'naturaleza' then s.naturaleza_orden
            when 'certeza' then s.certeza_orden
            when 'instrumento' then 0
            else s.posicion
        end as clave,
        case when :orden = 'instrumento' then s.instrumentos_orden end as clave_texto
    from seleccion as s
)

select
    enunciado_id,
    dialogo,
    tema_numero,
    concat(tema_numero, '. ', tema) as tema,
    mesa,
    texto,
    naturaleza_nombre,
    tipo_nombre,
    recurso_nombre,
    instrumentos,
    pregunta,
    certeza,
    reitera_a,
    lugar
from claves
order by
    case when :descendente then -clave else clave end,
    case when not :descendente then clave_texto end asc nulls last,
    case when :descendente then clave_texto end desc nulls last,
    posicion
limit :limite
