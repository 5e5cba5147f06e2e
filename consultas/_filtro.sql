-- Predicado común: los enunciados que pasan los filtros de la pantalla.
-- El lector lo pone delante de cada consulta que lee de `seleccion`.
-- Cada parámetro es una lista, o null si por él no se filtra.
with seleccion as (
    select e.*
    from lectura_enunciados as e
    where
        (:dialogo is null or array_contains(:dialogo, e.dialogo_id))
        and (:region is null or array_contains(:region, e.region_id))
        and (:anio is null or array_contains(:anio, e.anio))
        and (:solo_reales is null or not e.es_ficticio)
        and (:tema is null or array_contains(:tema, e.tema_id))
        and (:pregunta is null or array_contains(:pregunta, e.pregunta_clave))
        and (:tipo is null or array_contains(:tipo, e.tipo))
        and (:naturaleza is null or array_contains(:naturaleza, e.naturaleza))
        and (:mesa is null or array_contains(:mesa, e.mesa))
        and (
            :grupo is null
            or e.convocatoria in (
                select g.convocatoria
                from lectura_grupos as g
                where array_contains(:grupo, g.grupo_id)
            )
        )
        and (
            :instrumento is null
            or e.tratados in (
                select i.tratados
                from lectura_instrumentos as i
                where array_contains(:instrumento, i.instrumento_id)
            )
        )
        and (:palabra_1 is null or contains(e.texto_busqueda, :palabra_1))
        and (:palabra_2 is null or contains(e.texto_busqueda, :palabra_2))
        and (:palabra_3 is null or contains(e.texto_busqueda, :palabra_3))
        and (:palabra_4 is null or contains(e.texto_busqueda, :palabra_4))
        and (:palabra_5 is null or contains(e.texto_busqueda, :palabra_5))
)
