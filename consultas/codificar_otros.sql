-- ¿Qué parte de lo que se cuenta quedó en «Otro»? Una fila por versión del libro y
-- clase de quien codificó. Sobre 5 %, el libro pide revisarse.
select
    libro,
    codificado_por,
    cast(sum(case when tipo = 'OTR' then 1 else 0 end) as integer) as otros,
    count(*) as enunciados
from seleccion
group by libro, codificado_por
order by libro, codificado_por
