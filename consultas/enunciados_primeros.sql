-- ¿Con qué empieza la selección? Los primeros `limite` enunciados, en el orden de los
-- documentos. Una fila por enunciado.
select
    enunciado_id,
    texto,
    naturaleza_nombre,
    tipo_nombre,
    concat(tema_numero, '. ', tema) as tema
from seleccion
order by posicion
limit :limite
