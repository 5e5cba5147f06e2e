-- ¿Qué contradice, calla o deja ambiguo el documento? Una fila por inconsistencia.
select
    d.nombre as dialogo,
    i.clase,
    i.asunto,
    i.descripcion,
    i.secciones,
    i.tratamiento
from inconsistencias as i
inner join elegidos as d on i.dialogo_id = d.dialogo_id
order by d.nombre, i.clase, i.asunto, i.inconsistencia_id
