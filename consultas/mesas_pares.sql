-- ¿Qué quedó registrado en cada par de mesas? Una fila por enunciado, con el estado de
-- su tipo en el par: ambas, solo A, solo B o registro conjunto. El silencio de una mesa
-- solo se lee si ambas tienen registro propio; si no, es «no consta».
with registros as (
    select
        tema_dialogo_id,
        min(registro) as registro_minimo,
        max(registro) as registro_maximo
    from mesas
    group by tema_dialogo_id
),

codigos_par as (
    select
        tema_dialogo_id,
        tipo,
        sum(case when mesa = 'A' then 1 else 0 end) as en_a,
        sum(case when mesa = 'B' then 1 else 0 end) as en_b
    from seleccion
    group by tema_dialogo_id, tipo
)

select
    s.dialogo,
    s.tema_dialogo_id,
    s.tema_numero,
    s.tema,
    s.tipo,
    s.tipo_nombre,
    case
        when c.en_a > 0 and c.en_b > 0 then 'ambas'
        when c.en_a + c.en_b = 0 then 'registro conjunto'
        when r.registro_minimo <> 'propio' or r.registro_maximo <> 'propio'
            then 'no consta'
        when c.en_a > 0 then 'solo A'
        else 'solo B'
    end as estado,
    s.mesa,
    s.enunciado_id,
    s.naturaleza_nombre,
    s.texto,
    s.lugar
from seleccion as s
inner join codigos_par as c
    on s.tema_dialogo_id = c.tema_dialogo_id and s.tipo = c.tipo
inner join registros as r on s.tema_dialogo_id = r.tema_dialogo_id
order by s.posicion
