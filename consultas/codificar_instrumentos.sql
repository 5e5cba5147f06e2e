-- ¿Qué instrumentos se pueden elegir al codificar? Una fila por instrumento; primero
-- los que existen y después los que solo se han propuesto.
select
    instrumento_id,
    nombre,
    estado
from instrumentos
order by estado, nombre, instrumento_id
