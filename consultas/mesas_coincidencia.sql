-- ¿Qué registro dejó cada par de mesas y cuánto coinciden? Una fila por par de los
-- diálogos y temas filtrados. Cuenta códigos distintos; lo conjunto no participa y se
-- cuenta aparte.
with por_codigo as (
    select
        tema_dialogo_id,
        codigo,
        max(case when mesa = 'A' then 1 else 0 end) as en_a,
        max(case when mesa = 'B' then 1 else 0 end) as en_b
    from unidades
    where mesa in ('A', 'B')
    group by tema_dialogo_id, codigo
),

por_par as (
    select
        tema_dialogo_id,
        sum(en_a * en_b) as ambas,
        sum(en_a * (1 - en_b)) as solo_a,
        sum(en_b * (1 - en_a)) as solo_b
    from por_codigo
    group by tema_dialogo_id
),

fuera as (
    select
        tema_dialogo_id,
        sum(enunciados) as conjuntos
    from recuento
    where mesa not in ('A', 'B')
    group by tema_dialogo_id
)

select
    p.tema_dialogo_id,
    p.dialogo_id,
    p.dialogo,
    p.tema_id,
    p.tema_numero,
    p.tema,
    p.registro,
    p.participantes_a,
    p.participantes_b,
    coalesce(c.ambas, 0) as ambas,
    coalesce(c.solo_a, 0) as solo_a,
    coalesce(c.solo_b, 0) as solo_b,
    coalesce(f.conjuntos, 0) as conjuntos
from lectura_pares as p
inner join elegidos as d on p.dialogo_id = d.dialogo_id
left join por_par as c on p.tema_dialogo_id = c.tema_dialogo_id
left join fuera as f on p.tema_dialogo_id = f.tema_dialogo_id
where :tema is null or array_contains(:tema, p.tema_id)
order by p.posicion
