-- En cuántos enunciados está cada valor: una fila por columna, valor y si es ficticio, con
-- lo que suman las filas de `hay` menos lo que sumaban las de `habia`. Lo que no cambia
-- no sale. De esto se saca lo que ofrece cada filtro, qué conjuntos se usan y cuántos
-- responden a cada pregunta, sin recorrer los demás enunciados.
with contados as (
    select
        1 as peso,
        *
    from hay
    union all
    select
        -1 as peso,
        *
    from habia
),

valores as (
    select
        peso,
        es_ficticio,
        region_id,
        cast(anio as varchar) as anio,
        dialogo_id,
        cast(tema_id as varchar) as tema_id,
        pregunta_id,
        convocatoria,
        tipo,
        naturaleza,
        tratados,
        mesa
    from contados
)

select
    columna,
    valor,
    es_ficticio,
    sum(peso) as enunciados
from (
    unpivot valores
    on columns(* exclude (peso, es_ficticio))
    into name columna value valor
) as u
group by columna, valor, es_ficticio
having sum(peso) <> 0
order by columna, valor, es_ficticio
