-- ¿Cuánto hay en la selección, de qué naturaleza, y con qué libro y por qué clase de
-- codificador se codificó? Una fila por libro y clase; se suman. Los que reiteran a
-- otro del mismo tema se cuentan, y se dice cuántos son.
select
    libro,
    codificado_por,
    sum(enunciados) as enunciados,
    sum(case when naturaleza = 'recomendacion' then enunciados else 0 end)
        as recomendaciones,
    sum(case when naturaleza = 'diagnostico' then enunciados else 0 end)
        as diagnosticos,
    sum(case when naturaleza = 'valoracion' then enunciados else 0 end)
        as valoraciones,
    sum(case when naturaleza = 'contexto' then enunciados else 0 end) as contextos,
    sum(reiterados) as reiterados,
    sum(case when es_ficticio then enunciados else 0 end) as ficticios
from recuento
group by libro, codificado_por
order by libro, codificado_por
