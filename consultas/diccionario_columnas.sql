-- ¿Qué significa cada columna de la base? Una fila por columna, según sus comentarios.
select
    tabla,
    columna,
    tipo,
    obligatoria,
    descripcion
from lectura_diccionario
order by tabla_orden, columna_orden
