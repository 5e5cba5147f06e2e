-- ¿Cuánto hay en la selección, de cuánto en total? Una fila.
-- Los que reiteran a otro del mismo tema se cuentan y se dicen aparte.
with todo as (
    select count(*) as total
    from lectura_enunciados
),

parte as (
    select
        count(*) as enunciados,
        coalesce(sum(case when naturaleza = 'recomendacion' then 1 else 0 end), 0)
            as recomendaciones,
        coalesce(sum(case when naturaleza = 'diagnostico' then 1 else 0 end), 0)
            as diagnosticos,
        coalesce(sum(case when naturaleza = 'valoracion' then 1 else 0 end), 0)
            as valoraciones,
        coalesce(sum(case when naturaleza = 'contexto' then 1 else 0 end), 0)
            as contextos,
        coalesce(sum(case when reitera_a is not null then 1 else 0 end), 0)
            as reiterados,
        coalesce(sum(case when nivel_atribucion = 'tema' then 1 else 0 end), 0)
            as conjuntos,
        count(distinct tema_dialogo_id) as temas,
        count(distinct tipo) as tipos,
        count(distinct dialogo_id) as dialogos
    from seleccion
)

select
    p.enunciados,
    p.recomendaciones,
    p.diagnosticos,
    p.valoraciones,
    p.contextos,
    p.reiterados,
    p.conjuntos,
    p.temas,
    p.tipos,
    p.dialogos,
    t.total
from parte as p
cross join todo as t
