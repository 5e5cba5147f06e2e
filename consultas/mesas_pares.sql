-- ¿Qué quedó registrado en cada par de mesas? Una fila por enunciado y código, con el
-- estado del código en el par; `estado` lo filtra, o null. El silencio de una mesa solo
-- se lee si ambas tienen registro propio. En tensión: una solo valora esa materia (tipo
-- o instrumento) y la otra solo la critica.
with materias as (
    select
        tema_dialogo_id,
        materia,
        bool_or(mesa = 'A' and naturaleza = 'valoracion') as a_valora,
        bool_or(mesa = 'A' and naturaleza = 'diagnostico') as a_critica,
        bool_or(mesa = 'B' and naturaleza = 'valoracion') as b_valora,
        bool_or(mesa = 'B' and naturaleza = 'diagnostico') as b_critica
    from unidades
    group by tema_dialogo_id, materia
),

codigos as (
    select
        u.tema_dialogo_id,
        u.codigo,
        u.materia,
        min(p.registro) as registro,
        bool_or(u.mesa = 'A') as en_a,
        bool_or(u.mesa = 'B') as en_b,
        bool_or(u.mesa = 'conjunto') as en_conjunto
    from unidades as u
    inner join lectura_pares as p on u.tema_dialogo_id = p.tema_dialogo_id
    group by u.tema_dialogo_id, u.codigo, u.materia
),

estados as (
    select
        c.tema_dialogo_id,
        c.codigo,
        c.en_conjunto,
        (m.a_valora and not m.a_critica and m.b_critica and not m.b_valora)
        or (m.b_valora and not m.b_critica and m.a_critica and not m.a_valora)
            as hay_tension,
        case
            when c.en_a and c.en_b then 'ambas'
            when not c.en_a and not c.en_b and c.en_conjunto then 'conjunto'
            when not c.en_a and not c.en_b then 'plenario'
            when c.registro <> 'propio' then 'no-consta'
            when c.en_a then 'solo-a'
            else 'solo-b'
        end as estado
    from codigos as c
    inner join materias as m
        on c.tema_dialogo_id = m.tema_dialogo_id and c.materia = m.materia
)

select
    u.dialogo,
    u.tema_dialogo_id,
    u.tema_numero,
    u.tema,
    u.codigo,
    u.codigo_nombre,
    e.estado,
    e.en_conjunto,
    e.hay_tension,
    u.mesa,
    u.enunciado_id,
    u.naturaleza,
    u.naturaleza_nombre,
    u.texto,
    u.lugar
from unidades as u
inner join estados as e
    on u.tema_dialogo_id = e.tema_dialogo_id and u.codigo = e.codigo
where
    :estado is null
    or e.estado = :estado
    or (:estado = 'tension' and e.hay_tension)
order by
    u.region_orden, u.anio nulls last, u.dialogo_id, u.tema_numero, u.codigo_orden,
    u.codigo_texto, u.codigo, u.posicion
