-- Cuántos enunciados hay en cada casilla de lo que casi siempre se cuenta, en los temas de
-- `temas_por_derivar`: una fila por tema de un diálogo, mesa, tipo y naturaleza, con lo que
-- de ellos depende. Lo que una casilla no distingue queda nulo. Se lee en lugar de
-- lectura_enunciados, con sus mismas columnas.
select
    dialogo_id,
    dialogo,
    region_id,
    region_orden,
    anio,
    es_ficticio,
    tema_dialogo_id,
    tema_id,
    tema_canonico,
    tema_numero,
    tema,
    mesa,
    cast(null as varchar) as pregunta_clave,
    naturaleza,
    naturaleza_nombre,
    naturaleza_orden,
    tipo,
    tipo_nombre,
    tipo_orden,
    libro,
    codificado_por,
    convocatoria,
    cast(null as varchar) as tratados,
    cast(sum(enunciados) as integer) as enunciados,
    cast(sum(reiterados) as integer) as reiterados
from lectura_enunciados
where posicion in (select p.posicion from posiciones as p)
group by all
order by region_orden, anio, dialogo_id, tema_numero, mesa, tipo_orden, naturaleza_orden
