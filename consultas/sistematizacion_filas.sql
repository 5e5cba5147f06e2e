-- ¿Qué va en la matriz de sistematización de cada tema? Una fila por enunciado de la
-- selección, y una por pregunta que nadie respondió, con el texto vacío. Primero por
-- pregunta, y dentro, por tipo.
with respondidas as (
    select
        d.dialogo_id,
        td.tema_dialogo_id,
        q.pregunta_id,
        q.orden
    from preguntas as q
    inner join temas_dialogo as td on q.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
),

filas as (
    select
        s.posicion,
        s.tema_dialogo_id,
        q.orden as pregunta_orden,
        s.pregunta,
        s.tipo_orden,
        s.tipo_nombre,
        s.texto,
        s.naturaleza_nombre,
        s.lugar,
        s.mesa
    from seleccion as s
    left join respondidas as q on s.pregunta_id = q.pregunta_id
    union all
    select
        null as posicion,
        q.tema_dialogo_id,
        q.orden as pregunta_orden,
        q.texto as pregunta,
        null as tipo_orden,
        null as tipo_nombre,
        null as texto,
        null as naturaleza_nombre,
        null as lugar,
        null as mesa
    from preguntas as q
    inner join respondidas as r on q.pregunta_id = r.pregunta_id
    left join enunciados as e on q.pregunta_id = e.pregunta_id
    where
        e.enunciado_id is null
        and (
            :pregunta is null
            or array_contains(:pregunta, coalesce(q.clave, q.pregunta_id))
        )
)

select
    p.tema_dialogo_id,
    p.dialogo,
    p.tema_numero,
    concat(p.tema_numero, '. ', p.tema) as tema,
    f.pregunta,
    f.tipo_nombre,
    f.texto,
    f.naturaleza_nombre,
    f.lugar,
    f.mesa
from filas as f
inner join lectura_pares as p on f.tema_dialogo_id = p.tema_dialogo_id
where :tema is null or array_contains(:tema, p.tema_id)
order by p.posicion, f.pregunta_orden nulls last, f.tipo_orden nulls last, f.posicion
