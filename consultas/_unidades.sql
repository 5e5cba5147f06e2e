-- Qué es un código al comparar mesas: una fila por enunciado de la selección y código.
-- `filas`: tipo, tipo-naturaleza o instrumento (entonces quedan fuera los enunciados
-- que no mencionan ninguno). El lector lo pone delante de quien lea de `unidades`.
with unidades as (
    select
        s.*,
        case :filas
            when 'tipo' then s.tipo
            when 'instrumento' then i.instrumento_id
            else concat(s.tipo, ' ', s.naturaleza)
        end as codigo,
        case :filas
            when 'tipo' then s.tipo_nombre
            when 'instrumento' then i.instrumento
            else concat(s.tipo_nombre, ': ', lower(s.naturaleza_nombre))
        end as codigo_nombre,
        case when :filas = 'instrumento' then i.instrumento_id else s.tipo end as materia,
        case when :filas = 'instrumento' then 0 else s.tipo_orden end as codigo_orden,
        case when :filas = 'instrumento' then i.instrumento_orden end as codigo_texto
    from seleccion as s
    left join lectura_instrumentos as i
        on s.tratados = i.tratados and :filas = 'instrumento'
    where :filas <> 'instrumento' or i.instrumento_id is not null
)
