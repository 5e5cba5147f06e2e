-- Datos que el documento da con valores distintos y que no figuran en el registro de
-- inconsistencias: una contradicción nunca se muestra como si fuera un dato firme.
with distintos as (
    select
        dialogo_id,
        variable
    from datos_dialogo
    group by dialogo_id, variable
    having count(distinct valor) > 1
)

select
    'datos_dialogo' as tabla,
    d.fila,
    'inconsistencia_id' as columna,
    concat('«', d.variable, '» tiene más de un valor y no dice por qué.') as problema,
    'Anote la inconsistencia y refiérala aquí.' as remedio
from datos_dialogo as d
semi join distintos using (dialogo_id, variable)
where d.inconsistencia_id is null
order by d.fila;
