-- Diálogos cuya comuna es de otra región.
select
    'dialogos' as tabla,
    d.fila,
    'comuna_id' as columna,
    concat('la comuna «', c.nombre, '» no es de la región ', d.region_id, '.') as problema,
    'Corrija la comuna o la región.' as remedio
from dialogos as d
inner join comunas as c using (comuna_id)
where c.region_id <> d.region_id
order by d.fila;
