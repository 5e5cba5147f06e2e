-- ¿En cuántos enunciados aparece una palabra, o parte de ella? Una fila; nulo si no
-- hay índice o no aparece. Cuenta toda la base: elige cómo buscar, no se muestra.
select sum(v.apariciones) as apariciones
from lectura_vocabulario as v
where contains(v.palabra, :palabra)
order by apariciones
