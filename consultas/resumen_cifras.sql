-- ¿Cuánto hay en la selección y de qué naturaleza? Una fila.
-- Los que reiteran a otro del mismo tema se cuentan, y se dice cuántos son.
select
    count(*) as enunciados,
    count(*) filter (where naturaleza = 'recomendacion') as recomendaciones,
    count(*) filter (where naturaleza = 'diagnostico') as diagnosticos,
    count(*) filter (where naturaleza = 'valoracion') as valoraciones,
    count(*) filter (where naturaleza = 'contexto') as contextos,
    count(reitera_a) as reiterados,
    count(*) filter (where es_ficticio) as ficticios
from seleccion
order by enunciados
