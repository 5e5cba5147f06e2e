-- ¿Qué quedó registrado en cada par de mesas? Una fila por enunciado y código, con el
-- estado del código en el par; `estado` lo filtra, o null. El silencio de una mesa solo
-- se lee si ambas tienen registro propio. En tensión: una lo valora y otra lo critica.
with codigos as (
    select
        u.tema_dialogo_id,
        u.codigo,
        min(p.registro) as registro,
        bool_or(u.mesa = 'A') as en_a,
        bool_or(u.mesa = 'B') as en_b,
        bool_or(u.mesa not in ('A', 'B')) as en_conjunto,
        bool_or(u.mesa = 'A' and u.naturaleza = 'valoracion') as a_valora,
        bool_or(u.mesa = 'A' and u.naturaleza = 'diagnostico') as a_critica,
        bool_or(u.mesa = 'B' and u.naturaleza = 'valoracion') as b_valora,
        bool_or(u.mesa = 'B' and u.naturaleza = 'diagnostico') as b_critica
    from unidades as u
    inner join lectura_pares as p on u.tema_dialogo_id = p.tema_dialogo_id
    group by u.tema_dialogo_id, u.codigo
),

estados as (
    select
        tema_dialogo_id,
        codigo,
        en_conjunto,
        a_valora and b_critica or a_critica and b_valora as hay_tension,
        case
            when en_a and en_b then 'ambas'
            when not en_a and not en_b then 'conjunto'
            when registro <> 'propio' then 'no-consta'
            when en_a then 'solo-a'
            else 'solo-b'
        end as estado
    from codigos
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
