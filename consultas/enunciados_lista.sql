-- ¿Qué se dijo? Una fila por enunciado, en el orden pedido; los empates, como en el
-- documento. Las que siguen a las `desde` primeras, hasta la `limite`: primero se
-- ordenan las posiciones y después se traen los textos. `orden`: documento, tipo,
-- naturaleza, certeza o instrumento.
with claves as (
    select
        s.posicion,
        case :orden
            when 'tipo' then s.tipo_orden
            when 'naturaleza' then s.naturaleza_orden
            when 'certeza' then s.certeza_orden
            when 'instrumento' then 0
            else s.posicion
        end as clave,
        case when :orden = 'instrumento' then s.instrumentos_orden end as clave_texto
    from seleccion as s
),

primeras as (
    select
        posicion,
        clave,
        clave_texto
    from claves
    order by
        case when :descendente then -clave else clave end,
        case when not :descendente then clave_texto end asc nulls last,
        case when :descendente then clave_texto end desc nulls last,
        posicion
    limit :limite
),

numeradas as (
    select
        posicion,
        row_number() over (
            order by
                case when :descendente then -clave else clave end,
                case when not :descendente then clave_texto end asc nulls last,
                case when :descendente then clave_texto end desc nulls last,
                posicion
        ) as lugar
    from primeras
)

select
    e.enunciado_id,
    e.dialogo,
    e.tema_numero,
    concat(e.tema_numero, '. ', e.tema) as tema,
    e.mesa,
    e.texto,
    e.naturaleza_nombre,
    e.tipo_nombre,
    e.recurso_nombre,
    e.instrumentos,
    e.pregunta,
    e.certeza,
    e.reitera_a,
    e.lugar
from numeradas as n
inner join lectura_enunciados as e on n.posicion = e.posicion
where n.lugar > :desde
order by n.lugar
