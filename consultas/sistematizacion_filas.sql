-- ¿Qué va en la matriz de sistematización de cada tema? Una fila por enunciado de la
-- selección, y una por pregunta que nadie respondió, con el texto vacío. Primero por
-- pregunta, y dentro, por tipo.
with filas as (
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
    left join preguntas as q on s.pregunta_id = q.pregunta_id
    union all
    select
        null as posicion,
        tema_dialogo_id,
        orden as pregunta_orden,
        pregunta,
        null as tipo_orden,
        null as tipo_nombre,
        null as texto,
        null as naturaleza_nombre,
        null as lugar,
        null as mesa
    from bloques
    where registrados = 0 and sueltos = 0
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
order by p.posicion, f.pregunta_orden nulls last, f.tipo_orden nulls last, f.posicion
