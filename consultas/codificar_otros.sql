-- ¿Qué parte de lo que se cuenta con la versión del libro que rige quedó en «Otro»?
-- Una sola fila, sea quien sea quien codificó; ninguna si con esa versión no se cuenta
-- nada. Sobre 5 %, el libro pide revisarse.
select
    v.nombre as libro,
    cast(sum(case when s.tipo = 'OTR' then 1 else 0 end) as integer) as otros,
    count(*) as enunciados
from seleccion as s
inner join versiones as v on s.libro = v.nombre and v.lugar = 1
group by v.nombre
order by v.nombre
