-- Enunciados sin cita: sin lugar en el documento no hay enunciado.
select
    'enunciados' as tabla,
    e.fila,
    'enunciado_id' as columna,
    concat('«', e.enunciado_id, '» no tiene ninguna cita.') as problema,
    'Agregue en citas.csv el pasaje que lo sostiene.' as remedio
from enunciados as e
anti join citas as c using (enunciado_id)
order by e.fila;
