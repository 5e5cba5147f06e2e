-- Fechas que no existen, incompletas para su certeza, o inferidas sin razón.
select
    'dialogos' as tabla,
    fila,
    'fecha_certeza' as columna,
    concat('la fecha de «', dialogo_id, '» no calza con su certeza.') as problema,
    'Complete año, mes y día con una fecha que exista, y la razón si no es exacta.'
        as remedio
from dialogos
where
    (
        fecha_certeza in ('exacta', 'anio_inferido')
        and try_cast(
            concat_ws('-', anio, lpad(cast(mes as varchar), 2, '0'), lpad(cast(dia as varchar), 2, '0'))
            as date
        ) is null
    )
    or (fecha_certeza <> 'exacta' and fecha_razon is null)
order by fila;
