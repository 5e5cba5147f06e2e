-- ¿Qué tipos de asunto se trataron y con qué naturaleza? Una fila por tipo y naturaleza.
-- Primero el tipo con más enunciados; los empates, en el orden del libro de códigos.
with totales as (
    select
        tipo,
        count(*) as del_tipo
    from seleccion
    group by tipo
)

select
    s.tipo,
    s.tipo_nombre,
    s.naturaleza,
    s.naturaleza_nombre,
    count(*) as enunciados,
    t.del_tipo
from seleccion as s
inner join totales as t on s.tipo = t.tipo
group by
    s.tipo, s.tipo_nombre, s.tipo_orden, s.naturaleza, s.naturaleza_nombre,
    s.naturaleza_orden, t.del_tipo
order by t.del_tipo desc, s.tipo_orden, s.tipo, s.naturaleza_orden, s.naturaleza
