-- De qué instrumentos trata cada enunciado, en la asignación que se cuenta.
create or replace table lectura_instrumentos as
select
    ei.enunciado_id,
    i.instrumento_id,
    i.nombre as instrumento,
    strip_accents(lower(i.nombre)) as instrumento_orden,
    i.estado
from enunciados_instrumentos as ei
inner join instrumentos as i using (instrumento_id)
where ei.es_principal
order by ei.enunciado_id, i.instrumento_id;
