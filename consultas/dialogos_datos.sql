-- ¿Qué datos da el documento sobre el diálogo, y dónde? Una fila por mención.
-- `en_registro` marca las que son parte de una inconsistencia registrada.
select
    d.nombre as dialogo,
    f.variable,
    f.valor,
    f.es_aproximado,
    f.seccion,
    f.inconsistencia_id is not null as en_registro
from datos_dialogo as f
inner join elegidos as d on f.dialogo_id = d.dialogo_id
order by d.nombre, f.dato_id
