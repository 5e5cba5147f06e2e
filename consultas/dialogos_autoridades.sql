-- ¿Qué cargos asistieron o intervinieron? Una fila por cargo; nunca nombres.
select
    d.nombre as dialogo,
    a.cargo,
    a.institucion,
    a.participacion,
    a.seccion
from autoridades as a
inner join elegidos as d on a.dialogo_id = d.dialogo_id
order by d.nombre, a.autoridad_id
