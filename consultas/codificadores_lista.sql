-- ¿Quiénes codificaron y cómo? Una fila por seudónimo.
select
    codificador_id,
    clase,
    descripcion
from codificadores
order by clase, codificador_id
