-- ¿Con qué libro y por qué clase de codificador está codificado lo que se cuenta? Una
-- fila por libro y clase, con los enunciados de la selección.
select
    libro,
    codificado_por,
    count(*) as enunciados
from seleccion
group by libro, codificado_por
order by libro, codificado_por
