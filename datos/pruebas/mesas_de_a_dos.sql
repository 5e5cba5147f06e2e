-- Temas que no tienen sus dos mesas: sin el par no hay nada que contrastar.
select
    'temas_dialogo' as tabla,
    t.fila,
    'tema_dialogo_id' as columna,
    concat('«', t.tema_dialogo_id, '» tiene ', count(m.mesa_id), ' mesas.') as problema,
    'Registre en mesas.csv las mesas A y B; si de una no hay registro, dígalo allí.'
        as remedio
from temas_dialogo as t
left join mesas as m using (tema_dialogo_id)
group by t.fila, t.tema_dialogo_id
having count(m.mesa_id) <> 2
order by t.fila;
