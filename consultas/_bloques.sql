-- Los bloques de preguntas de los diálogos elegidos, con cuántos enunciados responden a
-- cada uno. Cuenta todo lo que responde, pase o no los demás filtros.
-- El lector lo pone delante de quien lea de `bloques`.
with bloques as (
    select q.*
    from lectura_preguntas as q
    where
        (:dialogo is null or array_contains(:dialogo, q.dialogo_id))
        and (:region is null or array_contains(:region, q.region_id))
        and (:anio is null or array_contains(:anio, q.anio))
        and (:solo_reales is null or not q.es_ficticio)
        and (:tema is null or array_contains(:tema, q.tema_id))
        and (:pregunta is null or array_contains(:pregunta, q.clave))
)
