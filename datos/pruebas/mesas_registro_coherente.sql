-- Mesas cuyo registro no calza con lo que se les atribuye: una mesa con registro propio
-- o ninguno no puede tener enunciados de otro modo, y viceversa.
select
    'mesas' as tabla,
    m.fila,
    'registro' as columna,
    concat('«', m.registro, '» no calza con sus enunciados.') as problema,
    'Propio: con enunciados de la mesa. Conjunto o sin registro: sin ninguno.' as remedio
from mesas as m
left join enunciados as e using (mesa_id)
group by m.fila, m.mesa_id, m.registro
having (m.registro = 'propio') <> (count(e.enunciado_id) > 0)
order by m.fila;
