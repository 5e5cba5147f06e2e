-- ¿Cuánto hay en la selección, de qué naturaleza, y con qué libro y por qué clase de
-- codificador se codificó? Una fila por libro y clase; se suman. Los que reiteran a
-- otro del mismo tema se cuentan, y se dice cuántos son.
select
    libro,
    codificado_por,
    count(*) as enunciados,
    count(*) filter (where naturaleza = 'recomendacion') as recomendaciones,
    count(*) filter (where naturaleza = 'diagnostico') as diagnosticos,
    count(*) filter (where naturaleza = 'valoracion') as valoraciones,
    count(*) filter (where naturaleza = 'contexto') as contextos,
    count(reitera_a) as reiterados,
    count(*) filter (where es_ficticio) as ficticios
from seleccion
group by libro, codificado_por
order by libro, codificado_por
