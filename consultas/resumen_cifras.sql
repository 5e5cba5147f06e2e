-- ¿Cuánto hay en la selección, de qué naturaleza, y con qué libro y por qué clase de
-- codificador se codificó? Una fila por libro y clase; se suman. Los que reiteran a
-- otro del mismo tema se cuentan, y se dice cuántos son. Dobles: los de un tema que
-- tiene registro conjunto y, aparte, el de sus mesas; quizás digan lo mismo.
with por_tema as (
    select
        r.*,
        bool_or(r.mesa = 'conjunto') over (partition by r.tema_dialogo_id)
        and bool_or(r.mesa in ('A', 'B')) over (partition by r.tema_dialogo_id)
            as en_dos_registros
    from recuento as r
)

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
    sum(case when en_dos_registros then enunciados else 0 end) as dobles,
    sum(case when es_ficticio then enunciados else 0 end) as ficticios
from por_tema
group by libro, codificado_por
order by libro, codificado_por
